import { Component, type ReactNode } from "react";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

type PageBoundaryProps = { children: ReactNode };

/** Stands in for a page whose code did not arrive or broke; the rest of the studio goes on. */
export class PageBoundary extends Component<PageBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Notice
        alone
        title="This page could not be shown"
        tone="bad"
        action={<Button onClick={() => location.reload()}>Load it again</Button>}
      >
        {navigator.onLine
          ? "The studio may just have been updated."
          : "You are offline. It can be loaded when the connection is back."}
      </Notice>
    );
  }
}
