package dev.serai.core.experiment.assigned;

/**
 * What an experiment decides about a call. Immutable.
 *
 * @param model the model name that is planned instead of the one that the request has
 * @param shadow whether the call is a copy of one of a client, whose response is dropped
 */
public record AssignedModel(Assignment assignment, String model, boolean shadow) {}
