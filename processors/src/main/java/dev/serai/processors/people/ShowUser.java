package dev.serai.processors.people;

import dev.serai.processors.support.EventLoops;

/** Shows one stored user. Thread-safe. */
final class ShowUser extends PeopleStep {
  ShowUser(Users users, EventLoops loops) {
    super(users::show, loops);
  }
}
