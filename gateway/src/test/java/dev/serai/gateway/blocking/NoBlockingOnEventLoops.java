package dev.serai.gateway.blocking;

import dev.serai.gateway.blocking.BlockingCalls.BlockingCall;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test during which an event loop was blocked. Registered for all tests. */
public final class NoBlockingOnEventLoops
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    BlockingCalls.watch();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    failIfAny();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    failIfAny();
  }

  void failIfAny() {
    List<BlockingCall> calls = BlockingCalls.take();
    if (!calls.isEmpty()) {
      AssertionError failure =
          new AssertionError(
              "an event loop was blocked, "
                  + calls.size()
                  + " times; the first: "
                  + calls.getFirst().where());
      calls.stream().limit(5).forEach(failure::addSuppressed);
      throw failure;
    }
  }
}
