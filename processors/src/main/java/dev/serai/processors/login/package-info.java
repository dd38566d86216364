/** The steps of {@code routes/login.camel.yaml}. */
@NullMarked
package dev.serai.processors.login;

import org.jspecify.annotations.NullMarked;
