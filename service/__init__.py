"""The world: web, workers, reading, telling. Holds no rule of its own."""
