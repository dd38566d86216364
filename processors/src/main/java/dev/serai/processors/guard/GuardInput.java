package dev.serai.processors.guard;

import dev.serai.core.call.Call;
import dev.serai.core.guard.Guard;
import dev.serai.core.guard.GuardDirection;
import dev.serai.core.guard.GuardedText;
import dev.serai.core.guard.Guards;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Checks the texts of a chat request with the guards of the caller's tenant, and refuses the
 * request if one of them blocks it. It also chooses the guards of the response. Without guards
 * there is nothing to do. Long texts are checked off the event loop. Thread-safe.
 */
public final class GuardInput extends AsyncStep {
  /** Texts of at most this many characters are checked on the event loop. */
  static final int MAX_ON_LOOP = 8 * 1024;

  private final Supplier<Guards> rules;
  private final GuardFindings findings;
  private final OffLoop large;

  /**
   * @param rules supplies the guards that are in force
   */
  public GuardInput(Supplier<Guards> rules, GuardCounter counter, EventLoops loops) {
    this.rules = rules;
    findings = new GuardFindings(counter);
    large =
        new OffLoop(loops) {
          @Override
          protected void work(Exchange exchange) {
            Call call = Calls.of(exchange);
            check(call, GuardedText.allOf(call.chat().conversation()));
          }
        };
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Guards guards = rules.get();
    if (guards != Guards.NONE) {
      List<GuardedText> texts = texts(Calls.of(exchange), guards);
      if (GuardedText.length(texts) > MAX_ON_LOOP || takeTime(Calls.of(exchange), texts)) {
        return large.begin(exchange, callback);
      }
      check(Calls.of(exchange), texts);
    }
    return true;
  }

  /** The texts to check; none if no guard checks the request. */
  private List<GuardedText> texts(Call call, Guards guards) {
    String tenant = call.caller().tenant();
    List<Guard> input = guards.of(GuardDirection.INPUT, tenant);
    List<Guard> output = guards.of(GuardDirection.OUTPUT, tenant);
    if (input.isEmpty() && output.isEmpty()) {
      return List.of();
    }
    try {
      List<GuardedText> texts = GuardedText.allOf(call.chat().conversation());
      call.setOutputGuards(output);
      return input.isEmpty() ? List.of() : texts;
    } catch (CallerProblem unreadable) {
      refuse(call, input, GuardDirection.INPUT, unreadable);
      refuse(call, output, GuardDirection.OUTPUT, unreadable);
      return List.of();
    }
  }

  /** A response can be read only if its request can be. */
  private void refuse(
      Call call, List<Guard> guards, GuardDirection direction, CallerProblem unreadable) {
    for (Guard guard : guards) {
      throwIf(findings.cannotCheck(call, guard, direction, unreadable.message()));
    }
  }

  private boolean takeTime(Call call, List<GuardedText> texts) {
    return !texts.isEmpty()
        && GuardFindings.takeTime(rules.get().of(GuardDirection.INPUT, call.caller().tenant()));
  }

  private void check(Call call, List<GuardedText> texts) {
    if (texts.isEmpty()) {
      return;
    }
    for (Guard guard : rules.get().of(GuardDirection.INPUT, call.caller().tenant())) {
      throwIf(findings.check(call, guard, texts, Optional.empty()));
    }
  }

  private static void throwIf(Optional<GatewayProblem> problem) {
    if (problem.isPresent()) {
      throw problem.get();
    }
  }
}
