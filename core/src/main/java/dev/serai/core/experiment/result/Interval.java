package dev.serai.core.experiment.result;

/** A mean and the bounds that it is expected within. Immutable. */
public record Interval(double mean, double low, double high) {}
