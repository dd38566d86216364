package dev.serai.processors.support;

import dev.serai.core.call.Call;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.routing.Candidate;
import java.util.List;

/** The header fields that tell a caller who answered and what was left out. */
public final class ReplyFields {
  private ReplyFields() {}

  /** Adds them for a call that has been answered. */
  public static HeaderFields add(HeaderFields fields, Call call) {
    Candidate candidate = call.current().candidate();
    fields.add("x-serai-provider", candidate.provider());
    if (!candidate.model().isEmpty()) {
      fields.add("x-serai-model", candidate.model());
    }
    fields.add("x-serai-attempts", Integer.toString(call.attempts().size()));
    List<String> dropped = call.current().dropped();
    return dropped.isEmpty() ? fields : fields.add("x-serai-dropped", String.join(", ", dropped));
  }
}
