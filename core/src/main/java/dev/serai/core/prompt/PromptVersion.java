package dev.serai.core.prompt;

import java.time.Instant;

/**
 * A version of a prompt. Immutable, and never changed in the database.
 *
 * @param number counts from 1; the number of a deleted version is not given again
 * @param content what it says, as the JSON object that a request gave, checked
 * @param comment why it was added
 * @param created when
 * @param createdBy the key or the user that added it; empty if that is unknown
 */
public record PromptVersion(
    int number, String content, String comment, Instant created, String createdBy) {
  /** Most bytes of the content. */
  public static final int MAX_BYTES = 128 * 1024;
}
