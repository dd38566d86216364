package dev.serai.core.dialect;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;

/**
 * A question to a provider about the models it has, and how the answer is read. Some tell them in
 * several pages: then the answer leads to another question, and after a bounded number of them to
 * the list. Asked once, by one thread at a time.
 */
public interface ModelQuery {
  /** What is to be sent. Who signs it adds to its headers. */
  ProviderRequest request();

  /**
   * Reads a successful answer.
   *
   * @throws ProviderProblem GARBLED if it is not one
   */
  Outcome read(byte[] body);

  /** What an answer leads to. */
  sealed interface Outcome {
    /**
     * All is known.
     *
     * @param names as callers write them behind the slash
     */
    record Complete(List<String> names) implements Outcome {
      public Complete {
        names = List.copyOf(names);
      }
    }

    /** There is more to ask. */
    record NextPage(ModelQuery query) implements Outcome {}
  }
}
