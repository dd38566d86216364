package dev.serai.adapters.dialects.responses;

import dev.serai.core.responses.StoredResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the answer to one request while it is read and written: enough to go on in the
 * provider's grammar when its stream breaks, and to keep the answer. Confined to the call's thread.
 */
final class AnswerNotes {
  private String id = "";
  private String model = "";
  private long createdSeconds;
  private long nextSequence;
  private Optional<String> provider = Optional.empty();
  private Optional<String> first = Optional.empty();
  private byte @Nullable [] answer;

  /** A provider begins to answer: nothing of another attempt counts any more. */
  void begin(String providerName) {
    clear();
    provider = Optional.of(providerName);
    first = first.isPresent() ? first : provider;
  }

  /** The provider of the first attempt. */
  Optional<String> firstProvider() {
    return first;
  }

  /** The gateway itself makes the answer. */
  void beginHere() {
    clear();
    provider = Optional.empty();
  }

  private void clear() {
    id = "";
    model = "";
    createdSeconds = 0;
    nextSequence = 0;
    answer = null;
  }

  void started(String responseId, String by, long atSeconds) {
    id = responseId;
    model = by;
    createdSeconds = atSeconds;
  }

  /** The sequence number of an event that goes out as it came. */
  void passed(long sequenceNumber) {
    nextSequence = Math.max(nextSequence, sequenceNumber + 1);
  }

  /** The answer is there, as the caller gets it. */
  void complete(byte[] whole) {
    answer = whole;
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

  Optional<StoredResponse> kept(ResponsesRequest request) {
    byte[] whole = answer;
    return whole == null
        ? Optional.empty()
        : KeptAnswer.of(request, whole, provider).map(StoredResponse.class::cast);
  }
}
