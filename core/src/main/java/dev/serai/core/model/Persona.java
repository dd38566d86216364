package dev.serai.core.model;

import java.util.Optional;

/**
 * The stored prompt of a model name. Immutable.
 *
 * @param prompt its name
 * @param label which of its versions; empty for the usual one
 * @param tenant whose prompt it is; empty for that of the caller
 * @param memory what its calls do with the stored session that they name
 */
public record Persona(
    String prompt, Optional<String> label, Optional<String> tenant, Memory memory) {
  /** What calls do with the stored session that they name. */
  public enum Memory {
    /** They go on with it, and their turns are stored in it. */
    SESSION,
    /** They go on with it, and nothing is stored. */
    READ,
    /** They do without it. */
    NONE
  }
}
