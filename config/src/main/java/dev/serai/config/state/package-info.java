/** What an operator can set of what Serai keeps. */
@NullMarked
package dev.serai.config.state;

import org.jspecify.annotations.NullMarked;
