package dev.serai.core.background;

/** What a {@link BackgroundThread} does. It runs on that thread only. */
@FunctionalInterface
public interface BackgroundTask {
  /**
   * Works until {@link BackgroundThread#stop} is called, and then returns.
   *
   * @param thread the one that it runs on
   * @throws Exception if the task failed; it is run again
   */
  void run(BackgroundThread thread) throws Exception;
}
