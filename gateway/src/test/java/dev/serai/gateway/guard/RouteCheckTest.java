package dev.serai.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.caller.Caller;
import dev.serai.core.guard.GuardCheck.Outcome;
import dev.serai.core.guard.GuardCheck.Subject;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.guard.GuardedText.Source;
import dev.serai.gateway.direct.InlineDirectComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteCheckTest {
  private static final Subject SUBJECT =
      new Subject(
          "id",
          new Caller("acme", "shop", "", ""),
          "m",
          List.of(new GuardedText(Source.USER, "one"), new GuardedText(Source.USER, "two")),
          Optional.empty());

  private final Map<String, Object> seen = new ConcurrentHashMap<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private CamelContext camel;

  @BeforeEach
  void start() throws Exception {
    camel = new DefaultCamelContext();
    InlineDirectComponent direct = new InlineDirectComponent();
    direct.setBlock(false); // as in the gateway
    camel.addComponent("direct", direct);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:pass")
                .process(
                    exchange -> {
                      seen.putAll(exchange.getProperties());
                      seen.put("body", exchange.getMessage().getBody());
                    });
            from("direct:block").setProperty(RouteCheck.BLOCK, constant("not today"));
            from("direct:true").setProperty(RouteCheck.BLOCK, constant(true));
            from("direct:false").setProperty(RouteCheck.BLOCK, constant(false));
            from("direct:long").setProperty(RouteCheck.BLOCK, constant("x".repeat(500)));
            from("direct:wide")
                .setProperty(RouteCheck.BLOCK, constant("x".repeat(199) + "\uD83D\uDE00"));
            from("direct:fail").throwException(new IllegalStateException("one two"));
            from("direct:slow").process(_ -> waitForever());
          }
        });
    camel.start();
  }

  private void waitForever() {
    started.countDown();
    try {
      var _ = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      interrupted.countDown();
    }
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private Outcome ask(String route, Duration timeout) {
    return new RouteCheck(() -> camel, route, timeout).check(SUBJECT);
  }

  private Outcome ask(String route) {
    return ask(route, Duration.ofSeconds(30));
  }

  @Test
  void theRouteReceivesTheTextsAndWhatIsKnownOfTheCall() {
    assertThat(ask("pass")).isEqualTo(new Outcome.Passed());
    assertThat(seen)
        .containsEntry("body", "one\n\ntwo")
        .containsEntry("serai.guard.direction", "input")
        .containsEntry("serai.guard.request", "id")
        .containsEntry("serai.guard.tenant", "acme")
        .containsEntry("serai.guard.key", "shop")
        .containsEntry("serai.guard.model", "m");
  }

  @Test
  void theRouteObjectsByAProperty() {
    assertThat(ask("block")).isEqualTo(new Outcome.Objected("not today"));
    assertThat(ask("true")).isEqualTo(new Outcome.Objected(""));
    assertThat(ask("false")).isEqualTo(new Outcome.Passed());
    assertThat(((Outcome.Objected) ask("long")).reason()).hasSize(200);
  }

  @Test
  void aLongReasonIsNotCutWithinACharacter() {
    assertThat(ask("wide")).isEqualTo(new Outcome.Objected("x".repeat(199)));
  }

  @Test
  void aRouteThatFailsIsMissingOrTakesTooLongHasNotChecked() throws Exception {
    assertThat(ask("fail")).isEqualTo(new Outcome.NotChecked("its route failed."));
    assertThat(ask("none")).isEqualTo(new Outcome.NotChecked("its route does not exist."));
    for (int millis = 50; started.getCount() > 0; millis *= 4) { // or it may not have begun
      assertThat(ask("slow", Duration.ofMillis(millis))).isInstanceOf(Outcome.NotChecked.class);
    }
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).as("the route is interrupted").isTrue();
  }
}
