package dev.serai.core.model;

import java.util.Optional;

/**
 * The stored prompt of a model name. Immutable.
 *
 * @param prompt its name
 * @param label which of its versions; empty for the usual one
 * @param tenant whose prompt it is; empty for that of the caller
 */
public record Persona(String prompt, Optional<String> label, Optional<String> tenant) {}
