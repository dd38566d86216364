package dev.serai.processors.guard;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.guard.GuardedText.Source;
import dev.serai.core.guard.StreamedText;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.processors.support.stream.DeferredStream;
import dev.serai.processors.support.stream.TextChannel;
import dev.serai.processors.support.stream.TextChannel.Kind;
import dev.serai.processors.support.stream.TextChannel.Piece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A streamed response that guards check while it arrives. Each text is searched on its own, and
 * what may be the beginning of something forbidden is held back. Until the first text that may be
 * sent, events wait, so that the client can still get a plain error; after that a blocked stream
 * ends with an error event, and the provider's stream is cancelled. What the provider has generated
 * is charged. Threads and order of calls as in {@link ChatStream}.
 */
final class GuardedStream extends DeferredStream {
  /** Usually a handful of events precede the first text; more mean a malformed reply. */
  private static final int MAX_WAITING = 1024;

  private final List<Guard> guards;
  private final GuardFindings findings;
  private final Map<TextChannel, StreamedText> texts = new LinkedHashMap<>();
  private Optional<GatewayProblem> block = Optional.empty();

  GuardedStream(ChatStream source, Call call, GuardFindings findings) {
    super(source, call);
    this.guards = call.outputGuards();
    this.findings = findings;
  }

  @Override
  protected void take(ChatEvent event) {
    Optional<Piece> piece = TextChannel.pieceOf(event);
    if (piece.isPresent()) {
      piece(piece.get(), event);
      return;
    }
    switch (event) {
      case ChatEvent.ToolCallStarted started -> named(started);
      case ChatEvent.TextDetailed detailed -> unchecked(detailed.details());
      case ChatEvent.TextCited cited -> unchecked(cited);
      case ChatEvent.Relayed _ -> unread(event);
      default -> {
        flush(text -> text.endsBefore(event));
        send(event);
      }
    }
  }

  /** The name of a tool call, which the model writes, arrives whole. */
  private void named(ChatEvent.ToolCallStarted started) {
    flush(text -> text.endsBefore(started));
    GuardedText name = new GuardedText(Source.TOOL_DEFINITION, started.name());
    for (Guard guard : guards) {
      boolean objects = !isOver() && guard.patterns().isIn(name);
      if (objects && findings.objects(call(), guard, GuardDirection.OUTPUT).isPresent()) {
        call().recordToken();
        block(guard);
      }
    }
    send(started);
  }

  /** Sources and tokens of text may say what a guard holds back: they are left out. */
  private void unchecked(TextDetails details) {
    details.names().forEach(name -> send(new ChatEvent.Dropped(name)));
  }

  private void unchecked(ChatEvent.TextCited cited) {
    if (!cited.citations().isEmpty()) {
      send(new ChatEvent.Dropped(ChatEvent.TextCited.NAME));
    }
  }

  private void piece(Piece piece, ChatEvent event) {
    TextChannel channel = piece.channel();
    flush(other -> other.endsBefore(channel));
    StreamedText text = texts.computeIfAbsent(channel, this::text);
    String certain = text.take(piece.text());
    if (text.blocking().isPresent()) {
      call().recordToken();
      block(text.blocking().get());
    } else if (certain.equals(piece.text())) {
      send(event);
    } else if (certain.isEmpty()) {
      call().recordToken();
    } else {
      send(channel.delta(certain));
    }
  }

  private StreamedText text(TextChannel channel) {
    Source of = channel.kind() == Kind.ARGUMENTS ? Source.TOOL_ARGUMENTS : Source.ASSISTANT;
    return new StreamedText(
        of, guards, guard -> findings.objects(call(), guard, GuardDirection.OUTPUT));
  }

  /** What was held back of the texts that have ended is sent. */
  private void flush(Predicate<TextChannel> ended) {
    for (Map.Entry<TextChannel, StreamedText> entry : texts.entrySet()) {
      if (!isOver() && ended.test(entry.getKey())) {
        String rest = entry.getValue().end();
        if (entry.getValue().blocking().isPresent()) {
          block(entry.getValue().blocking().get());
        } else if (!rest.isEmpty()) {
          send(entry.getKey().delta(rest));
        }
      }
    }
  }

  /** Bytes that were not read: the routes did not choose the guards before the request was sent. */
  private void unread(ChatEvent event) {
    for (Guard guard : guards) {
      Optional<GatewayProblem> refusal =
          findings.cannotCheck(call(), guard, GuardDirection.OUTPUT, "it was not read.");
      if (refusal.isPresent()) {
        end(refusal.get());
        return;
      }
    }
    send(event);
  }

  private void block(Guard guard) {
    end(GuardFindings.blocked(guard, GuardDirection.OUTPUT));
  }

  /** Ends the stream for a reason of the gateway's: the attempt has not failed. */
  private void end(GatewayProblem why) {
    cancelSource();
    block = Optional.of(why);
    fail(why);
  }

  private void fail(GatewayProblem why) {
    if (isDecided()) {
      send(new ChatEvent.Failed(why));
    } else {
      reject(why);
    }
  }

  @Override
  protected void send(ChatEvent event) {
    if (!isOver() && !isDecided() && event instanceof ChatEvent.Failed failed) {
      call().failAttempt(failed.problem());
      fail(failed.problem());
      return;
    }
    super.send(event);
    if (!isDecided() && (event.carriesToken() || isOver())) {
      pass();
    } else if (!isDecided() && waiting() > MAX_WAITING) {
      cancelSource();
      send(new ChatEvent.Failed(malformed()));
    }
  }

  private ProviderProblem malformed() {
    String provider = call().current().candidate().provider();
    return ProviderProblem.of(provider, FailureCause.MALFORMED, 502).build();
  }

  @Override
  protected void deliver(ChatEvent event, ChatStream.Reader to) {
    if (event instanceof ChatEvent.Failed failed
        && block.filter(own -> own == failed.problem()).isPresent()) {
      call().end(Outcome.FAILED, block);
    }
    super.deliver(event, to);
  }
}
