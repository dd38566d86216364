package dev.serai.processors.memory;

import dev.serai.core.caller.Permission;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.memory.MemoryProblems;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.EventLoops;
import java.nio.charset.StandardCharsets;

/**
 * Does what {@link ReadMemory} does, for clients of the memory gateway: to them an object that is
 * missing is a 200 that says so. Thread-safe.
 */
final class FindMemory extends MemoryStep {
  private static final String MISSING = "{\"error\":\"not_found\"}";

  private final ReadMemory read;

  FindMemory(MemorySteps.Parts parts, EventLoops loops) {
    super(Permission.ADMIN_READ, parts.bytes(), loops);
    read = new ReadMemory(parts, loops);
  }

  @Override
  Reply reply(TenantRequest asked) {
    try {
      return read.reply(asked);
    } catch (CallerProblem problem) {
      if (!problem.code().equals(MemoryProblems.NOT_FOUND)) {
        throw problem;
      }
      return new Reply.Complete(
          200,
          new HeaderFields().add("content-type", "application/json"),
          MISSING.getBytes(StandardCharsets.UTF_8));
    }
  }
}
