import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { ErrorNotice } from "../../components/error-notice.tsx";
import type { Trunk } from "./trunk-state.ts";
import { useTrunkWords } from "./trunk-words.ts";

export interface TrunkBody {
  name: string;
  provider: string;
  address: string;
  transport: Trunk["transport"];
  auth_username: string | null;
  /** left out: as it is */
  auth_password?: string;
  register: boolean;
  inbound_auth: Trunk["inbound_auth"];
  inbound_addresses: string[];
  calls_per_second: number | null;
  srtp: Trunk["srtp"];
  refer: Trunk["refer"];
}

/** For a new one (`trunk` undefined) and for one that is changed. The password is written and never read. */
export function TrunkForm(props: {
  trunk?: Trunk;
  onSave: (body: TrunkBody, isActive: boolean) => Promise<unknown>;
}) {
  const { trunk } = props;
  const words = useTrunkWords();
  const form = useForm({
    initialValues: {
      name: trunk?.name ?? "",
      provider: trunk?.provider ?? "",
      address: trunk?.address ?? "",
      transport: trunk?.transport ?? "udp",
      username: trunk?.auth_username ?? "",
      password: "",
      register: trunk?.register ?? false,
      inboundAuth: trunk?.inbound_auth ?? "address",
      inboundAddresses: trunk?.inbound_addresses.join("\n") ?? "",
      callsPerSecond: trunk?.calls_per_second ?? "",
      srtp: trunk?.srtp ?? "off",
      refer: trunk?.refer ?? "auto",
      isActive: trunk?.is_active ?? true,
    },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => props.onSave(toBody(values), values.isActive),
    onSuccess: () => form.resetDirty(),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg" maw={620}>
        {trunk && (
          <Switch
            label={words.active}
            description={words.activeHelp}
            {...form.getInputProps("isActive", { type: "checkbox" })}
          />
        )}
        <TextInput label={words.name} description={words.nameHelp} required {...form.getInputProps("name")} />
        <TextInput
          label={words.provider}
          description={words.providerHelp}
          required
          {...form.getInputProps("provider")}
        />
        <TextInput
          label={words.address}
          description={words.addressHelp}
          required
          {...form.getInputProps("address")}
        />
        <Select
          label={words.transport}
          data={[
            { value: "udp", label: "UDP" },
            { value: "tcp", label: "TCP" },
            { value: "tls", label: "TLS" },
          ]}
          {...form.getInputProps("transport")}
        />
        <div>
          <Group grow align="start">
            <TextInput label={words.username} autoComplete="off" {...form.getInputProps("username")} />
            <PasswordInput
              label={words.password}
              autoComplete="new-password"
              placeholder={trunk?.auth_username ? words.passwordKept : words.passwordNone}
              {...form.getInputProps("password")}
            />
          </Group>
          <Text size="xs" c="dimmed" mt={6}>
            {words.credentialsHelp}
          </Text>
        </div>
        <Checkbox
          label={words.register}
          description={words.registerHelp}
          {...form.getInputProps("register", { type: "checkbox" })}
        />
        <Title order={2}>{words.incoming}</Title>
        <Select
          label={words.inboundAuth}
          data={[
            { value: "address", label: words.byAddress },
            { value: "digest", label: words.byDigest },
          ]}
          {...form.getInputProps("inboundAuth")}
        />
        <Textarea
          label={words.inboundAddresses}
          description={words.inboundAddressesHelp}
          autosize
          minRows={2}
          {...form.getInputProps("inboundAddresses")}
        />
        <Title order={2}>{words.more}</Title>
        <NumberInput
          label={words.pace}
          description={words.paceHelp}
          min={1}
          max={1_000}
          allowDecimal={false}
          {...form.getInputProps("callsPerSecond")}
        />
        <Select
          label={words.srtp}
          data={[
            { value: "off", label: words.srtpOff },
            { value: "offer", label: words.srtpOffer },
            { value: "require", label: words.srtpRequire },
          ]}
          {...form.getInputProps("srtp")}
        />
        <Select
          label={words.refer}
          data={[
            { value: "auto", label: words.referAuto },
            { value: "never", label: words.referNever },
          ]}
          {...form.getInputProps("refer")}
        />
        {save.error && <ErrorNotice error={save.error} />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={trunk !== undefined && !form.isDirty()}>
            {trunk ? words.save : words.create}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function toBody(values: {
  name: string;
  provider: string;
  address: string;
  transport: Trunk["transport"];
  username: string;
  password: string;
  register: boolean;
  inboundAuth: Trunk["inbound_auth"];
  inboundAddresses: string;
  callsPerSecond: number | string;
  srtp: Trunk["srtp"];
  refer: Trunk["refer"];
}): TrunkBody {
  return {
    name: values.name.trim(),
    provider: values.provider.trim(),
    address: values.address.trim(),
    transport: values.transport,
    auth_username: values.username.trim() || null,
    ...(values.password !== "" && { auth_password: values.password }),
    register: values.register,
    inbound_auth: values.inboundAuth,
    inbound_addresses: values.inboundAddresses.split(/[\s,]+/).filter((entry) => entry !== ""),
    calls_per_second: values.callsPerSecond === "" ? null : Number(values.callsPerSecond),
    srtp: values.srtp,
    refer: values.refer,
  };
}
