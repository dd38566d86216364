package dev.serai.core.responses;

import java.util.Optional;

/** Makes an answer of what a store has written down of it. Pure and thread-safe. */
@FunctionalInterface
public interface StoredResponseReader {
  /**
   * Reads one.
   *
   * @param before where what it goes on from is found
   * @return empty if it cannot be understood, or something that it goes on from is not there
   */
  Optional<StoredResponse> read(SavedForm written, StoredResponses before);

  /**
   * An answer as it is written down.
   *
   * @param request what was asked, as the caller sent it
   * @param response what the caller got
   */
  record SavedForm(String id, Optional<String> provider, byte[] request, byte[] response) {
    /** Without what was said. */
    @Override
    public String toString() {
      return "Written[" + id + "]";
    }
  }
}
