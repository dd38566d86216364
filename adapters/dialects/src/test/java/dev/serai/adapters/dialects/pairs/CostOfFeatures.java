package dev.serai.adapters.dialects.pairs;

import dev.serai.core.features.PromptOutline;
import dev.serai.core.features.RequestFeatures;
import dev.serai.core.request.ChatRequest;
import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * Measures what the features of a request cost, from its bytes: the outline, and all features, of a
 * short, a usual and a large request. A program, not a test. Its numbers are in docs/routing.md.
 */
public final class CostOfFeatures {
  private static final int ROUNDS = 6;
  private static final int CALLS = 4000;
  private static final String PROSE =
      "The quarterly report shows that revenue in region 7 rose by 12.5 % to 1,204,300 dollars,"
          + " while costs (see page 12) fell; 4,096 tokens were enough for the summary. ";

  private CostOfFeatures() {}

  public static void main(String[] arguments) {
    ChatRequest small = Client.OPENAI.ask(Client.OPENAI.user("Where is Lyon?"), false);
    ChatRequest usual =
        Client.OPENAI.ask(Client.OPENAI.user("Summarise this: " + PROSE.repeat(12)), false);
    ChatRequest escaped =
        Client.OPENAI.ask(
            Client.OPENAI.user("\\u603b\\u7ed3\\uff1a\\u59d4\\u5458 ".repeat(66)), false);
    for (int round = 0; round < ROUNDS; round++) {
      print("a short request", small, CALLS);
      print("2 KB", usual, CALLS);
      print("2 KB of escaped Chinese", escaped, CALLS);
      print("20 messages of 1 KB", conversation(20, 6), CALLS / 4);
      print("1 MB in 400 messages", conversation(400, 16), CALLS / 40);
      print("10 MB in one message", conversation(1, 64_000), CALLS / 40);
    }
  }

  private static ChatRequest conversation(int messages, int length) {
    String[] all = new String[messages];
    Arrays.setAll(
        all,
        i ->
            "{'role':'"
                + (i % 2 == 0 ? "user" : "assistant")
                + "','content':'"
                + PROSE.repeat(length)
                + "'}");
    return Client.OPENAI.ask("'messages':[" + String.join(",", all) + "]", false);
  }

  private static void print(String name, ChatRequest request, int calls) {
    double outline = median(() -> request.outline().turns(), calls);
    PromptOutline read = request.outline();
    double features = median(() -> RequestFeatures.of(read, "").turns(), calls);
    System.out.printf(
        "%s (%d bytes): outline %.1f us, features of it %.1f us (p50)%n",
        name, request.bytes().length, outline, features);
  }

  private static double median(IntSupplier work, int calls) {
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      if (work.getAsInt() == 0) {
        throw new IllegalStateException("no turns");
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[calls / 2] / 1000.0;
  }
}
