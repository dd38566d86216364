package dev.serai.processors.credentials;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;

/** Deletes a stored key of a provider. Thread-safe. */
final class DeleteCredential extends JsonStep {
  private static final String PATH = "/admin/credentials/";

  private final CredentialStore store;

  DeleteCredential(CredentialStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = PathId.after(PATH, request);
    if (!store.delete(id)) {
      throw new CallerProblem(
          404, "credential_not_found", "There is no credential with that ID.", Optional.of("id"));
    }
    return deleted(id);
  }
}
