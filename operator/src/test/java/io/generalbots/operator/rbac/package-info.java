/** What the operator may do, as its chart grants it. */
@NullMarked
package io.generalbots.operator.rbac;

import org.jspecify.annotations.NullMarked;
