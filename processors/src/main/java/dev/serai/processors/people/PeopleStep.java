package dev.serai.processors.people;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.util.function.BiFunction;

/** A step that is one operation on the stored tenants or users. */
abstract class PeopleStep extends JsonStep {
  private final BiFunction<Caller, InboundRequest, byte[]> operation;

  PeopleStep(BiFunction<Caller, InboundRequest, byte[]> operation, EventLoops loops) {
    super(loops);
    this.operation = operation;
  }

  @Override
  protected final byte[] reply(Caller caller, InboundRequest request) {
    return operation.apply(caller, request);
  }
}
