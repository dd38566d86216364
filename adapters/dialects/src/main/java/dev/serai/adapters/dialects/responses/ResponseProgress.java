package dev.serai.adapters.dialects.responses;

import dev.serai.core.responses.StoredResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records what is known of the response to one request while it is read and written: enough to
 * continue a broken stream in its grammar, and to store the response. Confined to the call's
 * thread.
 */
final class ResponseProgress {
  private String id = "";
  private String model = "";
  private long createdSeconds;
  private long nextSequence;
  private Optional<String> provider = Optional.empty();
  private Optional<String> first = Optional.empty();
  private byte @Nullable [] response;

  /** Starts an attempt at a provider, and forgets the attempt before. */
  void beginAttempt(String providerName) {
    clear();
    provider = Optional.of(providerName);
    first = first.isPresent() ? first : provider;
  }

  /** The provider of the first attempt. */
  Optional<String> firstProvider() {
    return first;
  }

  /** Marks the response as written by the gateway itself, from core types. */
  void beginTranslated() {
    clear();
    provider = Optional.empty();
  }

  private void clear() {
    id = "";
    model = "";
    createdSeconds = 0;
    nextSequence = 0;
    response = null;
  }

  void started(String responseId, String by, long atSeconds) {
    id = responseId;
    model = by;
    createdSeconds = atSeconds;
  }

  /** Records the sequence number of an event that is forwarded unchanged. */
  void forwarded(long sequenceNumber) {
    nextSequence = Math.max(nextSequence, sequenceNumber + 1);
  }

  /** Records the complete response, as the client receives it. */
  void complete(byte[] bytes) {
    response = bytes;
  }

  String id() {
    return id;
  }

  String model() {
    return model;
  }

  long createdSeconds() {
    return createdSeconds;
  }

  long nextSequence() {
    return nextSequence;
  }

  Optional<StoredResponse> toStore(ResponsesRequest request) {
    byte[] bytes = response;
    return bytes == null
        ? Optional.empty()
        : StoredResponseBytes.of(request, bytes, provider).map(StoredResponse.class::cast);
  }
}
