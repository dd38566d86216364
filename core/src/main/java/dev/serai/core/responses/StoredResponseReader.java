package dev.serai.core.responses;

import java.util.Optional;

/** Reads a stored response from the form in which a store saved it. Pure and thread-safe. */
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
   * A response as a store saves it.
   *
   * @param request the request as the caller sent it
   * @param response what the caller got
   */
  record SavedForm(String id, Optional<String> provider, byte[] request, byte[] response) {
    /** Without content. */
    @Override
    public String toString() {
      return "Written[" + id + "]";
    }
  }
}
