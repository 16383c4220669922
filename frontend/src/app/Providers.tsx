import { type ReactNode, useState } from "react";
import { Provider } from "urql";
import { Toasts } from "@/components/Toasts";
import { createGraphqlClient } from "@/lib/graphqlClient";

export const Providers = ({ children }: { children: ReactNode }) => {
  const [client] = useState(createGraphqlClient);
  return (
    <Provider value={client}>
      {children}
      <Toasts />
    </Provider>
  );
};
