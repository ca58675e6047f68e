"""A Sunday evening on two cores: the real service under a steady load, whole and with faults."""
