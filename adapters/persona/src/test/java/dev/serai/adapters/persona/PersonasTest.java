package dev.serai.adapters.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.problem.CallerProblem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PersonasTest {
  private static final String QUESTION = "How do I add a provider?";
  private static final Path CHECKOUT = Path.of(System.getProperty("serai.checkout", ".."));
  private static final Personas PERSONAS =
      new Personas(CHECKOUT, InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final List<ChatEvent> events = new ArrayList<>();

  @Test
  void aNonStreamingResponseIsAChatResponse() {
    ChatResponse response = whole();
    assertThat(response.model()).isEqualTo("guide");
    assertThat(response.createdSeconds()).isEqualTo(1_700_000_000);
    assertThat(response.usage()).isPresent();
    assertThat(response.choices().getFirst().text().orElseThrow()).contains("Sources:");
  }

  @Test
  void twoResponsesHaveTwoIds() {
    assertThat(whole().id()).startsWith("chatcmpl-").isNotEqualTo(whole().id());
  }

  @Test
  void aPersonaThatDoesNotExistIsAnUnknownModel() {
    assertThatThrownBy(
            () -> PERSONAS.respond(Questions.request(QUESTION, false), "sage", loop::add))
        .isInstanceOfSatisfying(CallerProblem.class, p -> assertThat(p.status()).isEqualTo(404));
  }

  @Test
  void aStreamSaysTheSameWordByWord() {
    stream().open(events::add);
    runLoop();
    assertThat(events.getFirst()).isInstanceOf(ChatEvent.Started.class);
    assertThat(text()).isEqualTo(whole().choices().getFirst().text().orElseThrow());
    assertThat(events).hasSizeGreaterThan(50);
    assertThat(events.subList(events.size() - 3, events.size()))
        .hasExactlyElementsOfTypes(
            ChatEvent.Finished.class, ChatEvent.UsageReported.class, ChatEvent.Ended.class);
  }

  @Test
  void oneTurnOfTheLoopIsShort() {
    stream().open(events::add);
    loop.remove().run();
    assertThat(events).hasSizeLessThanOrEqualTo(40);
    assertThat(loop).hasSize(1);
  }

  @Test
  void everyTurnEndsWithAFlush() {
    int[] flushes = {0};
    stream()
        .open(
            new ChatStream.Reader() {
              @Override
              public void onEvent(ChatEvent event) {
                events.add(event);
              }

              @Override
              public void onBatchEnd() {
                flushes[0]++;
              }
            });
    runLoop();
    assertThat(flushes[0]).isBetween(2, events.size() / 10);
  }

  @Test
  void aPausedReaderIsSentNothingUntilItResumes() {
    ChatStream stream = stream();
    stream.open(
        event -> {
          events.add(event);
          if (events.size() == 5) {
            stream.pause();
          }
        });
    runLoop();
    assertThat(events).hasSize(5);
    stream.resume();
    stream.resume();
    assertThat(loop).hasSize(1);
    runLoop();
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Ended.class);
    assertThat(text()).isEqualTo(whole().choices().getFirst().text().orElseThrow());
  }

  @Test
  void aCancelledStreamSaysNothingMore() {
    ChatStream stream = stream();
    stream.open(
        event -> {
          events.add(event);
          stream.cancel();
        });
    runLoop();
    stream.resume();
    assertThat(events).hasSize(1);
    assertThat(loop).isEmpty();
  }

  @Test
  void whatPausesBeforeItOpensWaits() {
    ChatStream stream = stream();
    stream.pause();
    stream.open(events::add);
    runLoop();
    assertThat(events).isEmpty();
    stream.resume();
    runLoop();
    assertThat(events).isNotEmpty();
  }

  @Test
  @Timeout(60)
  void pausesFromAnotherThreadLoseNothing() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (ExecutorService single = Executors.newSingleThreadExecutor()) {
      ChatReply reply = PERSONAS.respond(Questions.request(QUESTION, true), "guide", single);
      ChatStream stream = ((ChatReply.Streaming) reply).stream();
      stream.open(
          event -> {
            events.add(event);
            if (event instanceof ChatEvent.Ended) {
              ended.countDown();
            }
          });
      long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (ended.getCount() > 0 && System.nanoTime() < latest) {
        stream.pause();
        Thread.onSpinWait();
        stream.resume();
      }
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(text()).isEqualTo(whole().choices().getFirst().text().orElseThrow());
  }

  @Test
  void anIndexIsBuiltAndAskedInTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    new Personas(CHECKOUT, InstantSource.system()).find("guide");
    List<Duration> building = new ArrayList<>();
    List<Duration> answering = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long start = threads.getCurrentThreadCpuTime();
      Persona guide = new Personas(CHECKOUT, InstantSource.system()).find("guide").orElseThrow();
      long built = threads.getCurrentThreadCpuTime();
      guide.respond(Questions.conversation(QUESTION));
      building.add(Duration.ofNanos(built - start));
      answering.add(Duration.ofNanos(threads.getCurrentThreadCpuTime() - built));
    }
    // CPU time, since other processes make the wall time longer; the best of three, since a cold
    // JIT
    // and the garbage collector make both longer.
    assertThat(Collections.min(building)).isLessThan(Duration.ofMillis(600));
    assertThat(Collections.min(answering)).isLessThan(Duration.ofMillis(200));
  }

  @Test
  @Timeout(60)
  void manyWhoAskAtOnceShareOneIndex() throws InterruptedException {
    Personas fresh = new Personas(CHECKOUT, InstantSource.system());
    fresh.warmUp();
    List<Persona> found = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asking.add(Thread.ofVirtual().start(() -> found.add(fresh.find("guide").orElseThrow())));
    }
    for (Thread thread : asking) {
      thread.join();
    }
    assertThat(found).hasSize(20).containsOnly(found.getFirst());
  }

  private ChatStream stream() {
    ChatReply reply = PERSONAS.respond(Questions.request(QUESTION, true), "guide", loop::add);
    return ((ChatReply.Streaming) reply).stream();
  }

  private ChatResponse whole() {
    ChatReply reply = PERSONAS.respond(Questions.request(QUESTION, false), "guide", loop::add);
    return ((ChatReply.Complete) reply).response();
  }

  private void runLoop() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      text.append(event instanceof ChatEvent.TextDelta delta ? delta.text() : "");
    }
    return text.toString();
  }
}
