package dev.serai.core.experiment.assigned;

/**
 * What an experiment decides about a call. Immutable.
 *
 * @param model the model name that is planned instead of the one that the request has
 */
public record Assigned(Assignment assignment, String model) {}
