package dev.serai.core.responses;

import java.util.Optional;

/** Reads a stored response from the form in which a store saved it. Pure and thread-safe. */
@FunctionalInterface
public interface StoredResponseReader {
  /**
   * Reads a response.
   *
   * @param before finds the responses that it continues
   * @return empty if it is malformed, or a response that it continues is missing
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
      return "SavedForm[" + id + "]";
    }
  }
}
