"""Collections: long lists of texts that rules compare with."""
