/** Hands databases of Tenants over from server to server. */
@NullMarked
package io.generalbots.operator.external.move;

import org.jspecify.annotations.NullMarked;
