package dev.serai.gateway.edge.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.gateway.edge.request.RequestHead;
import dev.serai.gateway.telemetry.log.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedCallersTest {
  private static final Logger LOGGER = Logger.getLogger(RefusedCallers.class.getName());

  private final AtomicLong nanos = new AtomicLong();
  private final RefusedCallers refused = new RefusedCallers(nanos::get);
  private final Kept kept = new Kept();

  private static final class Kept extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(kept);
  }

  @AfterEach
  void leave() {
    LOGGER.removeHandler(kept);
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      refused.log(RequestHead.unreadable("r" + i), new AuthenticationProblem("It is wrong."));
    }
  }

  @Test
  void aRefusedCredentialIsOneLine() {
    refuse(1);
    refused.log(RequestHead.unreadable("r"), CallerProblem.invalid("not a credential"));
    assertThat(kept.lines)
        .containsExactly(
            "WARNING request r0 to / is refused with 401 (invalid_api_key): It is wrong.");
  }

  @Test
  void noWordOfTheReasonIsTakenForASecret() {
    refuse(1);
    assertThat(new Redaction(List.of()).scrub(kept.lines.getFirst()))
        .isEqualTo(kept.lines.getFirst());
  }

  @Test
  void aFloodIsTenLinesASecondAndACount() {
    refuse(1000);
    assertThat(kept.lines).hasSize(RefusedCallers.MAX_LINES);
    nanos.addAndGet(2_000_000_000L);
    refuse(1);
    assertThat(kept.lines)
        .hasSize(RefusedCallers.MAX_LINES + 2)
        .contains("WARNING 990 more requests without a good API key were refused");
  }
}
