/** Hotplug scripts: what libxl would run, running it so that our own end does not end it, and finding it again. */
package org.xenledger.toolstack.script;
