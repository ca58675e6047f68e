"""What the service can do, beside a floor measured in the same run."""
