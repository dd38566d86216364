package dev.serai.core.memory.request;

import dev.serai.core.memory.MemoryPath;
import dev.serai.core.memory.Precondition;
import dev.serai.core.memory.search.MemorySearch;
import dev.serai.core.problem.CallerProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the JSON of requests about memory objects. Thread-safe. */
public interface MemoryRequests {
  /** The most operations of one request. */
  int MAX_OPERATIONS = 100;

  /**
   * A value to store, of a request whose path says where.
   *
   * @param json as the caller wrote it
   * @param life after which it is gone; empty: it stays, or for an evictable one, the time of the
   *     settings
   * @param evictable whether it may be removed to make room for others
   */
  record Value(byte[] json, Optional<Duration> life, boolean evictable, List<String> tags) {
    public Value {
      tags = List.copyOf(tags);
    }
  }

  /** One operation of a request with several. */
  sealed interface Operation {
    MemoryPath path();

    /** Reads an object. */
    record Get(MemoryPath path) implements Operation {}

    /** Stores an object. */
    record Put(MemoryPath path, Value value, Precondition precondition) implements Operation {}

    /** Deletes an object. */
    record Delete(MemoryPath path, Precondition precondition) implements Operation {}
  }

  /**
   * Reads the body of a search.
   *
   * @throws CallerProblem 400 if it is wrong
   */
  MemorySearch readSearch(byte[] json);

  /**
   * Reads the body of a PUT.
   *
   * @throws CallerProblem 400 if it is wrong, 413 if the object is too large
   */
  Value readValue(byte[] json);

  /**
   * Reads the body of a request with several operations.
   *
   * @throws CallerProblem 400 if it is wrong, 413 if an object is too large
   */
  List<Operation> readOperations(byte[] json);
}
