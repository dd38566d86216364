package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Changes a stored user. Thread-safe. */
final class ChangeUser extends PeopleStep {
  ChangeUser(Users users, EventLoops loops) {
    super(users::change, loops);
  }
}
