// The entries for frameworks have types alone.
