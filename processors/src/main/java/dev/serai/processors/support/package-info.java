/**
 * Shared by steps: the call of an exchange, moving off the event loop and back, and small replies.
 * Code that only one package of steps needs does not belong here.
 */
@NullMarked
package dev.serai.processors.support;

import org.jspecify.annotations.NullMarked;
