"""How long pages take beside a bare page of the same kind, measured in the same run."""
