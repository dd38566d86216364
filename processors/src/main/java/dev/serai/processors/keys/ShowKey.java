package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Shows one API key, without the key itself. Thread-safe. */
final class ShowKey extends JsonStep {
  private final ManagedKeys keys;

  ShowKey(ManagedKeys keys, EventLoops loops) {
    super(loops);
    this.keys = keys;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return keys.shown(keys.find(caller, ManagedKeys.id(request)));
  }
}
