package dev.serai.core.dialect;

import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;

/**
 * A query for the models of a provider. Some providers list them in several pages: then a reply
 * leads to another query, and after a bounded number of pages to the list. Used once, by one thread
 * at a time.
 */
public interface ModelQuery {
  /** The request to send; a signer may add headers. */
  ProviderRequest request();

  /**
   * Reads a successful reply.
   *
   * @throws ProviderProblem MALFORMED if it is not one
   */
  Outcome read(byte[] body);

  /** The outcome of a reply. */
  sealed interface Outcome {
    /**
     * The list is complete.
     *
     * @param names as callers write them behind the slash
     */
    record Complete(List<String> names) implements Outcome {
      public Complete {
        names = List.copyOf(names);
      }
    }

    /** There is another page. */
    record NextPage(ModelQuery query) implements Outcome {}
  }
}
