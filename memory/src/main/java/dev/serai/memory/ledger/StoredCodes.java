package dev.serai.memory.ledger;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.request.Operation;

/**
 * The numbers that stand for operations and outcomes in the journal and the database. They never
 * change, whatever the order of the constants is. Pure.
 */
final class StoredCodes {
  private StoredCodes() {}

  static int of(Operation operation) {
    return switch (operation) {
      case CHAT -> 0;
      case EMBEDDINGS -> 1;
      case IMAGES -> 2;
      case AUDIO -> 3;
      case MODERATIONS -> 4;
      case RERANK -> 5;
      case FILES -> 6;
      case BATCHES -> 7;
      case REALTIME -> 8;
      case SHADOW -> 9;
    };
  }

  static int of(Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> 0;
      case FAILED -> 1;
      case CANCELLED -> 2;
    };
  }

  /** The operation; {@link Operation#CHAT} for one that only a later version of Serai knows. */
  static Operation operation(int code) {
    for (Operation each : Operation.values()) {
      if (of(each) == code) {
        return each;
      }
    }
    return Operation.CHAT;
  }

  /** The outcome; {@link Outcome#FAILED} for one that only a later version of Serai knows. */
  static Outcome outcome(int code) {
    for (Outcome each : Outcome.values()) {
      if (of(each) == code) {
        return each;
      }
    }
    return Outcome.FAILED;
  }
}
