"""Cases: what every received thing shares."""
