package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Changes a stored tenant. Thread-safe. */
final class ChangeTenant extends PeopleStep {
  ChangeTenant(Tenants tenants, EventLoops loops) {
    super(tenants::change, loops);
  }
}
