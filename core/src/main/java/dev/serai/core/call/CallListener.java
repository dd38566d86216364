package dev.serai.core.call;

/**
 * Receives every call once, when it has ended. Runs on the event loop: must not block and must not
 * keep the call.
 */
@FunctionalInterface
public interface CallListener {
  void settled(Call call);
}
