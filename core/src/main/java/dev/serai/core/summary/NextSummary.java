package dev.serai.core.summary;

import dev.serai.core.session.SessionMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A summary before it is made: the one before it, and the messages that are added. Immutable.
 *
 * @param choice which messages these are
 */
public record NextSummary(
    CompressionRules rules,
    Optional<SessionSummary> before,
    OlderMessages.Choice choice,
    List<SessionMessage> messages) {
  public NextSummary {
    messages = List.copyOf(messages);
  }

  /**
   * A chat completion that asks a model to write it.
   *
   * @param regions where the model may run; empty if anywhere
   */
  public byte[] request(String model, Set<String> regions) {
    String known = before.map(SessionSummary::body).orElse("");
    return new SummaryPrompt(rules).request(known, messages, model, regions);
  }

  /**
   * The summary.
   *
   * @param narrative what a model has written; empty without one: then information is found in the
   *     messages, and what a model has written before stays
   */
  public SessionSummary make(Optional<String> narrative, Instant created) {
    String text =
        narrative
            .map(written -> SummaryPrompt.cut(written, rules.narrativeTokens()))
            .or(() -> before.map(SessionSummary::narrative))
            .orElse("");
    boolean finds = rules.mode().findsInformation() || narrative.isEmpty();
    return new SessionSummary(
        before.map(SessionSummary::version).orElse(0) + 1,
        choice.upTo(),
        mode(narrative.isPresent()),
        text,
        finds ? information(text) : KeyInformation.NONE,
        before.map(SessionSummary::messages).orElse(0) + choice.messages(),
        before.map(SessionSummary::originalTokens).orElse(0L) + choice.tokens(),
        created);
  }

  private CompressionMode mode(boolean written) {
    return written ? rules.mode() : CompressionMode.KEY_INFORMATION;
  }

  private KeyInformation information(String narrative) {
    KeyInformation known = before.map(SessionSummary::information).orElse(KeyInformation.NONE);
    long left = rules.summaryTokens() - SessionSummary.tokens(narrative);
    int most = (int) Math.max(left, rules.summaryTokens() / 2);
    return KeyInformationFinder.find(known, messages, most);
  }

  /** How many tokens fewer a call gets with it. */
  public long savedTokens(SessionSummary made) {
    long replaced = choice.tokens() + before.map(SessionSummary::tokens).orElse(0L);
    return Math.max(0, replaced - made.tokens());
  }
}
