package dev.serai.processors.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Attempt;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AttemptStreamTest {
  private final Source source = new Source();
  private final List<Optional<GatewayProblem>> ready = new ArrayList<>();
  private final List<ChatEvent> seen = new ArrayList<>();
  private final Attempt attempt =
      Calls.of(new CallFixtures().exchangeFor("m")).beginAttempt(new Candidate("p", "m"));
  private final AttemptStream stream = new AttemptStream(attempt, source, new Letters());

  @Test
  void theBytesThatArriveAreCounted() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("st"));
    stream.onPiece(bytes("t"));
    assertThat(attempt.receivedBytes()).isEqualTo(3);
  }

  @Test
  void nothingIsReadyBeforeTheFirstToken() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("s"));
    assertThat(ready).isEmpty();
    stream.onPiece(bytes("t"));
    assertThat(ready).containsExactly(Optional.empty());
    assertThat(source.log).containsExactly("open", "firstToken", "pause");
  }

  @Test
  void heldEventsComeFirstAndInOrder() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("st"));
    stream.onPiece(bytes("t"));
    open();
    stream.onPiece(bytes("t"));
    stream.onEnd();
    assertThat(seen)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Started", "TextDelta", "TextDelta", "TextDelta", "Ended");
    assertThat(source.log).endsWith("resume");
  }

  @Test
  void aFailureBeforeTheFirstTokenFailsTheAttempt() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("sf"));
    assertThat(ready).hasSize(1);
    assertThat(ready.getFirst()).isPresent();
    assertThat(source.log).endsWith("reject");
  }

  @Test
  void aBrokenConnectionBeforeTheFirstTokenFailsTheAttempt() {
    stream.awaitFirstToken(ready::add);
    stream.onFailure(problem());
    assertThat(ready.getFirst()).isPresent();
  }

  @Test
  void aFailureAfterTheFirstTokenReachesTheClient() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("t"));
    open();
    stream.onFailure(problem());
    assertThat(ready).containsExactly(Optional.empty());
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
    stream.onPiece(bytes("t"));
    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
  }

  @Test
  void aWholeResponseStaysWholeIfTheConnectionFailsBehindIt() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("t"));
    open();
    stream.onPiece(bytes("w"));
    assertThat(source.log).endsWith("expectEnd true");

    stream.onFailure(problem());

    assertThat(seen.getLast()).isEqualTo(new ChatEvent.Ended());
  }

  @Test
  void aResponseThatGoesOnBehindItsFinishReasonIsWholeOnlyAtItsEnd() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("tw"));
    open();
    stream.onPiece(bytes("tw"));
    assertThat(source.log).endsWith("expectEnd true", "resume", "expectEnd false");

    stream.onFailure(problem());

    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
  }

  @Test
  void aFinishReasonBesideContentIsWholeAndKeepsTheIdleDeadline() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("c"));
    open();
    assertThat(source.log).doesNotContain("expectEnd true");
    stream.onPiece(bytes("w"));
    assertThat(source.log).endsWith("expectEnd true");
    stream.onPiece(bytes("c"));
    assertThat(source.log).endsWith("expectEnd false");

    stream.onFailure(problem());

    assertThat(seen.getLast()).isInstanceOf(ChatEvent.Failed.class);
  }

  @Test
  void aConnectionThatFailsBehindAFinishReasonBesideContentLeavesAWholeResponse() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("c"));
    open();

    stream.onFailure(problem());

    assertThat(seen.getLast()).isEqualTo(new ChatEvent.Ended());
  }

  @Test
  void anAttemptThatIsOvertakenIsNotItsWholeResponse() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("sw"));

    stream.onFailure(ProviderProblem.of("p", FailureCause.OVERTAKEN, 502).build());

    assertThat(ready.getFirst()).isPresent();
  }

  @Test
  void aStreamWithoutATokenIsCancelled() {
    stream.awaitFirstToken(ready::add);
    stream.onPiece(bytes("s".repeat(5000)));
    assertThat(ready).hasSize(1);
    assertThat(ready.getFirst()).isPresent();
  }

  @Test
  void anEmptyResponseIsAResponse() {
    stream.awaitFirstToken(ready::add);
    stream.onEnd();
    assertThat(ready).containsExactly(Optional.empty());
    open();
    assertThat(seen).hasSize(1);
  }

  private void open() {
    stream.open(
        new ChatStream.Reader() {
          @Override
          public void onEvent(ChatEvent event) {
            seen.add(event);
          }
        });
  }

  private static ProviderProblem problem() {
    return ProviderProblem.of("p", FailureCause.UNREACHABLE, 502).build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** s starts, t is a token, w ends a whole response, c is the last token of one, f fails. */
  private static final class Letters implements ChatStreamDecoder {
    private boolean whole;
    private boolean ended;

    @Override
    public boolean isWhole() {
      return whole;
    }

    @Override
    public boolean awaitsEnd() {
      return ended;
    }

    @Override
    public void read(byte[] piece, Consumer<ChatEvent> events) {
      for (byte letter : piece) {
        ended = letter == 'w';
        whole = ended || letter == 'c';
        switch (letter) {
          case 's' -> events.accept(new ChatEvent.Started("id", "m", 0));
          case 't', 'c' -> events.accept(new ChatEvent.TextDelta(0, "t"));
          case 'w' -> {}
          default -> events.accept(new ChatEvent.Failed(problem()));
        }
      }
    }

    @Override
    public void end(Consumer<ChatEvent> events) {
      events.accept(new ChatEvent.Ended());
    }
  }

  private static final class Source implements ByteStream {
    private final List<String> log = new ArrayList<>();

    @Override
    public void open(Reader reader) {
      log.add("open");
    }

    @Override
    public void pause() {
      log.add("pause");
    }

    @Override
    public void resume() {
      log.add("resume");
    }

    @Override
    public void reject(GatewayProblem problem) {
      log.add("reject");
    }

    @Override
    public void cancel() {
      log.add("cancel");
    }

    @Override
    public void firstTokenSeen() {
      log.add("firstToken");
    }

    @Override
    public void expectEnd(boolean expected) {
      log.add("expectEnd " + expected);
    }
  }
}
